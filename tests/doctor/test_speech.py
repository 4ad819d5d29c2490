"""What staff wrote and nothing says: really so once, and the doctor says it."""

from kiosk import speech


def test_speech_what_nothing_says_and_what_is_damaged_is_told(box, worst):
    grade, said = worst("speech")
    assert (grade, "not spoken" in said) == ("REMARK", True)
    with box.database.read() as tx:
        texts = speech.texts_of(tx, box.centre, box.now()).values()
        shelf = speech.open_shelves(box.database.engine, box.settings.folder).own
    shelf.folder.mkdir()
    for text in texts:
        draft = shelf.folder / "draft"
        draft.write_bytes(b"ID3")
        name = shelf.take_in(draft, speech.made_key(text.words, text.lang, ""), "x")
    assert worst("speech")[0] == "WELL"
    shelf.path_of(name).write_bytes(b"ID?")
    assert "1 clips of this centre are damaged" in worst("speech")[1]
