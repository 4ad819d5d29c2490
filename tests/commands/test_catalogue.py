import json

from click.testing import CliRunner

from kiosk import changes
from kiosk.cli import main


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_catalogue_goes_out_and_in_again_and_every_bad_cell_is_told(box, settings, tmp_path):
    file, data = tmp_path / "out.json", ("--data", settings.folder)
    assert run("catalogue", "export", file, *data, "--json").exit_code == 0
    unchanged = json.loads(run("catalogue", "import", file, *data, "--json").stdout)
    assert (unchanged["changed"], unchanged["rows"]) == (0, [])
    told = json.loads(file.read_text(encoding="utf-8"))
    told["services"][0]["name"] = "换了名字"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert json.loads(run("catalogue", "import", file, *data, "--json", "--look").stdout)["changed"] == 1
    taken = json.loads(run("catalogue", "import", file, *data, "--json").stdout)
    assert [(row["name"], row["what"]) for row in taken["rows"]] == [("换了名字", "changed")]
    with box.database.read() as tx:
        assert [one.noted.verb for one in changes.changes(tx, changes.Wanted("service"))] == ["edit"]
    told["services"][1]["duration_min"] = "很久"
    told["services"][2]["icon"] = "nothing"
    file.write_text(json.dumps(told), encoding="utf-8")
    refused = run("catalogue", "import", file, *data)
    assert refused.exit_code == 1
    assert "业务 第 2 行 row 2 大约几分钟：要填整数" in refused.output
    assert "业务 第 3 行 row 3 图标" in refused.output


def test_what_is_no_catalogue_and_where_no_centre_is_are_told(box, settings, tmp_path):
    file = tmp_path / "x.json"
    file.write_text("{}", encoding="utf-8")
    for words in (("import", file), ("import", tmp_path / "none"), ("export", tmp_path / "no" / "file.xlsx")):
        refused = run("catalogue", *words, "--data", settings.folder)
        assert (refused.exit_code, type(refused.exception)) == (1, SystemExit)
    assert "没有中心" in run("catalogue", "export", file, "--data", tmp_path / "empty").output
