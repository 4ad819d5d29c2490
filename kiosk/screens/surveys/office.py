"""Score sheets as the office makes them: places, their criteria, the code for the poster."""

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import staff, surveys
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import pdf
from kiosk.screens.web.forms import Draft, Reading, done, text
from kiosk.screens.web.labels import GRADE_WORDS, PLACE_WORDS
from kiosk.screens.web.page import box, lang, say, typed
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.staff import Role
from kiosk.surveys import PlaceKind, SurveyPlan
from kiosk.words import mark
from printing.papers import SurveySheet

screen = staffed(
    __name__,
    Role.MANAGER,
    Role.SECRETARY,
    menu=MenuEntry(mark("评分表"), mark("回到评分表"), "scroll-text", "every", 46, MenuGroup.PEOPLE),
    url_prefix="/admin/surveys",
)

Answer = Response | tuple[str, int]


@screen.get("")
def every() -> str:
    """Every sheet with its criteria and its address."""
    with box().database.read() as tx:
        found = surveys.surveys(tx, lang(), with_retired=True)
        names = staff.staff_names(tx)
    return render_template(
        "surveys/office/every.html",
        standing=[one for one in found if not one.is_retired],
        retired=[one for one in found if one.is_retired],
        names=names,
        kinds=PLACE_WORDS,
        addresses={one.id: address_of(one.code) for one in found},
        quarter=surveys.quarter_of(box().centre.day(box().now())),
    )


def address_of(code: str) -> str:
    """Where phones find a sheet; "" in a centre that phones do not reach."""
    base = box().centre.settings.public_url.rstrip("/")
    return f"{base}/q/{code}" if base else ""


@screen.get("/new")
def new() -> str:
    """The empty form."""
    return _form(0, Draft({"kind": PlaceKind.CANTEEN}))


@screen.post("/new")
def add() -> Answer:
    """Make a sheet, or show what is wrong."""
    draft, plan = _read()
    if plan is None:
        return _form(0, draft), 400
    with box().database.write() as tx:
        surveys.add_survey(tx, asked(), plan)
    return done(say(mark("建好了。把二维码贴出去，或者打印纸的给人填。")), ".every")


@screen.get("/<int:survey_id>")
def one(survey_id: int) -> str:
    """A sheet's form."""
    with box().database.read() as tx:
        plan = surveys.survey_plan(tx, survey_id)
    values = {
        "name": plan.name, "name_en": plan.name_en, "kind": plan.kind,
        "criteria": surveys.criteria_text(plan.criteria), "run_by": str(plan.run_by or ""),
    }  # fmt: skip
    return _form(survey_id, Draft(values))


@screen.post("/<int:survey_id>")
def edit(survey_id: int) -> Answer:
    """Write an edited sheet, or show what is wrong."""
    with box().database.read() as tx:
        before = surveys.survey_plan(tx, survey_id)
    draft, plan = _read(is_retired=before.is_retired)
    if plan is None:
        return _form(survey_id, draft), 400
    with box().database.write() as tx:
        surveys.edit_survey(tx, asked(), survey_id, plan)
    return done(say(mark("保存好了。评过的都还在。")), ".every")


@screen.post("/<int:survey_id>/retire")
def retire(survey_id: int) -> Response:
    """Take no more answers."""
    with box().database.write() as tx:
        surveys.retire_survey(tx, asked(), survey_id, is_retired=True)
    return done(say(mark("停用了，不再收。评过的都还在。")), ".every")


@screen.post("/<int:survey_id>/bring-back")
def bring_back(survey_id: int) -> Response:
    """Take answers again."""
    with box().database.write() as tx:
        surveys.retire_survey(tx, asked(), survey_id, is_retired=False)
    return done(say(mark("恢复了，又可以评了。")), ".every")


@screen.get("/<int:survey_id>/sheet")
def paper(survey_id: int) -> Response:
    """The poster with the code, and the sheet to fill in by hand, as A4. Raises UnknownSurvey, NoTypeface."""
    with box().database.read() as tx:
        sheet = surveys.survey_of(tx, survey_id, lang())
    made = SurveySheet(
        box().centre.name(lang()), sheet.name, tuple(one.name for one in sheet.criteria),
        tuple(say(words) for words in GRADE_WORDS.values()), address_of(sheet.code),
        f"{box().centre.day(box().now())}", lang(),
    )  # fmt: skip
    return pdf(made, f"{sheet.name}{say(mark('评分表'))}")


def _read(*, is_retired: bool = False) -> tuple[Draft, SurveyPlan | None]:
    values = {name: text(name) for name in ("name", "name_en", "kind", "run_by")}
    # of several lines: `text` would join them
    values["criteria"] = "\n".join(typed(line) for line in request.form.get("criteria", "").splitlines()[:50])
    reading = Reading(values)
    run_by = reading.whole("run_by")
    plan = SurveyPlan(
        values["name"], values["name_en"], values["kind"], surveys.criteria_of(values["criteria"]), run_by,
        is_retired,
    )  # fmt: skip
    faults = surveys.survey_faults(plan) | reading.faults
    with box().database.read() as tx:
        if run_by is not None and run_by not in staff.staff_names(tx):
            faults["run_by"] = "choice"
    return Draft(values).judged(faults), None if faults else plan


def _form(survey_id: int, draft: Draft) -> str:
    with box().database.read() as tx:
        names = staff.staff_names(tx)
    return render_template(
        "surveys/office/one.html",
        survey_id=survey_id,
        draft=draft,
        kinds=[(str(kind), say(words)) for kind, words in PLACE_WORDS.items()],
        people=[("", say(mark("不是这里的人"))), *((str(number), name) for number, name in names.items())],
        starters=[(say(words), _starter(kind)) for kind, words in PLACE_WORDS.items()],
    )


def _starter(kind: PlaceKind) -> str:
    """The criteria that a sheet of this kind begins with, in the reader's language."""
    found = surveys.STARTERS[kind]
    return ", ".join(one.en for one in found) if lang() == "en" else "、".join(one.zh for one in found)
