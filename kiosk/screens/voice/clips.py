"""Everything that is spoken: what says it, how it is read; staff mend a reading or record it themselves."""

from collections.abc import Mapping
from enum import StrEnum

from flask import Response as FlaskResponse
from flask import abort, make_response, render_template, request, url_for
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response

from kiosk import changes, speech, staff
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import FAULTS, Draft, done, page_asked, text, whole
from kiosk.screens.web.labels import told_changes, undo_id
from kiosk.screens.web.page import box, say, typed
from kiosk.screens.web.screen import MenuEntry, staffed
from kiosk.words import Malformed, mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    menu=MenuEntry(mark("语音"), mark("回到语音"), "volume-2", "every", 12),
    url_prefix="/admin/voice",
)

Answer = FlaskResponse | Response | str | tuple[str, int]

PAGE = 40
LONGEST_FIND = 40
LONGEST_LIST = 8
FORM_BESIDE = 16 * 1024
"""Bytes that a form needs around the recording in it."""


TOO_LONG = FAULTS["long"]


class Source(StrEnum):
    """What says a text; the best first."""

    RECORDING = "recording"
    OWN = "own"
    COMMITTED = "committed"
    NOTHING = "nothing"


SOURCE_WORDS = {
    Source.RECORDING: mark("工作人员的录音"),
    Source.OWN: mark("本机合成"),
    Source.COMMITTED: mark("自带的语音"),
    Source.NOTHING: mark("还读不出来"),
}
WHERE_WORDS = {
    "centre": mark("本站的名字"),
    "notice": mark("通知"),
    "closing": mark("停办和休息的说明"),
    "group": mark("业务类别"),
    "service": mark("业务"),
    "place": mark("地点"),
    "priority": mark("优先"),
    "material": mark("要带的东西"),
    "concern": mark("我要说"),
    "problem": mark("联系卡上的问题"),
    "card": mark("联系卡"),
    "event": mark("活动"),
    speech.FIXED: mark("自助机和大屏的话"),
    speech.LABEL: mark("自助机上的按钮"),
    speech.PARTS: mark("叫号用的字"),
}
FACT_WORDS = {"reading": mark("读音"), "recording": mark("录音")}
LANG_WORDS = {"zh": mark("中文"), "en": mark("英文")}


class Shown(Struct, frozen=True):
    """A text as a list shows it. `stem` and `address` are of the clip that says it, empty without one."""

    key: str
    words: str
    lang: speech.Language
    where: str
    source: Source
    source_words: str
    stem: str
    address: str
    reading: str


@screen.get("")
def every() -> str:
    """What is spoken, page by page: found by words, by where it stands, or what nothing says yet."""
    find, where = typed(request.args.get("find", ""))[:LONGEST_FIND], request.args.get("where", "")
    is_mute = request.args.get("mute") == "1"
    with box().database.read() as tx:
        texts = [one for one in _texts(tx).values() if _is_meant(one, find, where)]
        mute = [one for one in texts if not speech.is_said(tx, one.words, one.lang)]
        meant = mute if is_mute else texts
        number = min(page_asked(), max(0, len(meant) - 1) // PAGE)
        listed = [_shown(tx, one) for one in meant[number * PAGE : (number + 1) * PAGE]]
        lacks = speech.shelves_of(tx)
    return render_template(
        "voice/clips/clips.html",
        listed=listed,
        found=len(meant),
        mute=len(mute),
        is_mute=is_mute,
        find=find,
        where=where,
        places=[("", say(mark("全部"))), *((name, say(words)) for name, words in WHERE_WORDS.items())],
        turns=_turns(number, len(meant)),
        lacks=lacks.lacks if lacks else "",
        is_making=bool(lacks and lacks.voices),
    )


@screen.get("/<key>")
def clip(key: str) -> Answer:
    """One text: who says it, how it is read, the form for a recording. Raises UnknownText."""
    with box().database.read() as tx:
        one = _text(tx, key)
        told = speech.told_of(tx, one.words, one.lang)
    return _page(one, Draft({"reading": told.reading}))


@screen.post("/<key>/reading")
def read(key: str) -> Answer:
    """Mend how it is read, or say what is wrong with that. Raises UnknownText."""
    written = text("reading")
    with box().database.read() as tx:
        one = _text(tx, key)
    reading, fault = _reading(written, one)
    if fault:
        return _page(one, Draft({"reading": written[: speech.LONGEST_READING]}, {"reading": fault}), 400)
    with box().database.write() as tx:
        is_new = speech.set_reading(tx, asked(), one.words, one.lang, reading)
    words = mark("记下了，几秒钟以后就这样读。") if is_new else mark("和以前一样，没有改。")
    return done(say(words), ".clip", key=key)


@screen.post("/<key>/recording")
def record(key: str) -> Answer:
    """Take in a recording, or say what is wrong with it. Raises UnknownText."""
    most = speech.MOST_BYTES + FORM_BESIDE
    if (request.content_length or 0) > most:
        abort(413)
    request.max_content_length = most
    with box().database.read() as tx:
        one = _text(tx, key)
        told = speech.told_of(tx, one.words, one.lang)
    given = request.files.get("sound")
    try:
        take = speech.worked_up(given.read() if given else b"")
        with box().database.write() as tx:
            speech.set_recording(tx, asked(), one.words, one.lang, take)
    except speech.BadRecording as refusal:
        return _page(one, Draft({"reading": told.reading}, {"sound": words_of(refusal)}), 400)
    return done(say(mark("录好了，从现在起就放这一段。")), ".clip", key=key)


@screen.post("/<key>/drop")
def drop(key: str) -> Answer:
    """Go without the recording again. Raises UnknownText."""
    with box().database.read() as tx:
        one = _text(tx, key)
    with box().database.write() as tx:
        speech.drop_recording(tx, asked(), one.words, one.lang)
    return done(say(mark("不放这段录音了。")), ".clip", key=key)


@screen.post("/undo")
def undo() -> Response:
    """Take a change of a clip back."""
    change_id = whole("change")
    with box().database.write() as tx:
        change = changes.change_of(tx, change_id)
        if change.noted.kind != speech.KIND:
            raise Malformed
        speech.put_back(tx, asked(), change)
    return done(say(mark("撤销了，和以前一样。")), ".clip", key=change.noted.key)


def _texts(tx: Tx) -> Mapping[str, speech.Text]:
    """The centre's own words first, then the fixed ones."""
    shelves = speech.shelves_of(tx)
    labels = speech.noted_labels(shelves) if shelves else {}
    return {**speech.texts_of(tx, box().centre, box().now()), **labels, **speech.fixed_texts()}


def _text(tx: Tx, key: str) -> speech.Text:
    found = _texts(tx).get(key)
    if found is not None:
        return found
    told = speech.all_told(tx).get(key)
    if told is None:
        raise speech.UnknownText
    return speech.Text(told.words, told.lang, ())


def _is_meant(one: speech.Text, find: str, where: str) -> bool:
    return find.lower() in one.words.lower() and (not where or where in one.where)


def _shown(tx: Tx, one: speech.Text) -> Shown:
    told = speech.told_of(tx, one.words, one.lang)
    own, committed = speech.own_clip(tx, one.words, one.lang), speech.clip_of(one.words, one.lang)
    stem = own or committed
    source = Source.COMMITTED if stem else Source.NOTHING
    if own:
        source = Source.RECORDING if told.recording else Source.OWN
    where = say(mark("、")).join(say(WHERE_WORDS[name]) for name in one.where)
    return Shown(
        key=one.key,
        words=one.words,
        lang=one.lang,
        where=where,
        source=source,
        source_words=say(SOURCE_WORDS[source]),
        stem=stem,
        address=_address(stem, one),
        reading=told.reading,
    )


def _address(stem: str, one: speech.Text) -> str:
    if not stem:
        return ""
    if stem.startswith(speech.OWN):
        return url_for("public.own_clips.own_clip", name=stem.removeprefix(speech.OWN))
    return url_for("static", filename=f"audio/{one.lang}/{stem}.mp3")


def _reading(written: str, one: speech.Text) -> tuple[str, str]:
    """The reading as it is kept, and what is wrong with it, as a sentence."""
    if len(written) > speech.LONGEST_READING:
        return "", say(TOO_LONG)
    if one.lang == "en":
        return written, ""
    spelt = speech.spelt(one.words)
    reading, fault = speech.read_reading(written, spelt)
    if fault is None:
        return reading, ""
    if fault.what == "count":
        sentence = mark("有%(of)s个字，写了%(about)s个音。请一个字写一个音，中间空一格。")
        return "", say(sentence, of=fault.of, about=fault.about)
    return "", say(
        mark("“%(about)s”不是拼音。请这样写：chong2 xin1，或者 chóng xīn。"), about=fault.about[:24]
    )


def _page(one: speech.Text, draft: Draft, status: int = 200) -> Answer:
    with box().database.read() as tx:
        shown = _shown(tx, one)
        past = changes.changes(tx, changes.Wanted(speech.KIND, one.key), of=LONGEST_LIST)
        people = staff.staff_names(tx)
        shelves = speech.shelves_of(tx)
    page = render_template(
        "voice/clips/clip.html",
        one=shown,
        draft=draft,
        is_chinese=one.lang == "zh",
        spelt=speech.spelt(one.words) if one.lang == "zh" else "",
        lang_words=LANG_WORDS[one.lang],
        most={"reading": speech.LONGEST_READING, "seconds": speech.LONGEST_S},
        can_make=bool(shelves and shelves.voices),
        told=told_changes(tuple(map(_brief, past)), FACT_WORDS, people),
        undo=undo_id(past),
    )
    answer = make_response(page, status)
    # the one page that may ask for the microphone, where the browser lets it
    answer.headers["Permissions-Policy"] = "camera=(), microphone=(self), geolocation=()"
    return answer


def _brief(change: changes.Change) -> changes.Change:
    """The same, a recording by the first signs of its name."""
    before, after = (
        {**facts, "recording": facts["recording"][:4]} if facts else facts
        for facts in (change.noted.before, change.noted.after)
    )
    return replace(change, noted=replace(change.noted, before=before, after=after))


def _turns(number: int, found: int) -> dict[str, int | None]:
    """The pages before and after one, None where there is none."""
    last = max(0, found - 1) // PAGE
    return {
        "first": min(number * PAGE + 1, found),
        "last": min((number + 1) * PAGE, found),
        "before": number - 1 if number else None,
        "after": number + 1 if number < last else None,
    }
