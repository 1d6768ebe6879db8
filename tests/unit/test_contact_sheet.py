"""All pictures on one sheet: a row a page, a column a look."""

from tests.e2e.contact_sheet import TO, Look, few, index, looks


def test_each_page_is_a_row_with_a_picture_in_every_look() -> None:
    phone, wide = few()
    pages = ("visitor /", "manager /r/plein/?q=<b>")
    sheet = index(
        {
            look: [(name, TO / f"{look}/{number:03}.png") for number, name in enumerate(pages)]
            for look in (phone, wide)
        }
    )
    assert sheet.count("<tr>") == 3
    assert [sheet.index(f"<th>{look}</th>") for look in (phone, wide)] == sorted(
        sheet.index(f"<th>{look}</th>") for look in (phone, wide)
    )
    for number in range(2):
        assert f'src="{phone}/{number:03}.png"' in sheet
        assert f'href="{wide}/{number:03}.png"' in sheet
    assert "manager /r/plein/?q=&lt;b&gt;" in sheet


def test_the_few_are_among_all() -> None:
    assert set(few()) < set(looks([360, 768, 1440]))
    assert all(isinstance(look, Look) for look in few())
