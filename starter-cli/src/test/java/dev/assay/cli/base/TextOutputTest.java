package dev.assay.cli.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextOutputTest {

  @Test
  void lines_table_alignsByTheWidestCell() {
    Table table =
        Table.of("run", ">points", "verdict")
            .row(Cell.of("a"), Cell.of(12_000), new Cell("PASS", Style.GOOD))
            .row(Cell.of("longer"), Cell.of(7), new Cell("FAIL", Style.BAD));

    assertThat(table.lines(false))
        .containsExactly("run     points  verdict", "a        12000  PASS", "longer       7  FAIL");
  }

  @Test
  void lines_emptyLastCell_leavesNoBlanks() {
    Table table = Table.of("a", "b").row(Cell.of("x"), Cell.of(""));

    assertThat(table.lines(false)).containsExactly("a  b", "x");
  }

  @Test
  void lines_emptyMiddleCell_keepsItsColumn() {
    Table table = Table.of("a", "bb", "c").row(Cell.of("x"), Cell.of(""), Cell.of("z"));

    assertThat(table.lines(false)).containsExactly("a  bb  c", "x      z");
  }

  @Test
  void lines_colours_countNothingForTheWidth() {
    Table table = Table.of("v", "w").row(new Cell("FAIL", Style.BAD), Cell.of("x"));

    assertThat(table.lines(true).getLast()).isEqualTo("\u001b[31mFAIL\u001b[0m  x");
  }

  @Test
  void row_wrongNumberOfCells_isRefused() {
    Table table = Table.of("a", "b");

    assertThatThrownBy(() -> table.row(Cell.of("x"))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cell_textThatSteersATerminal_isShownHarmless() {
    assertThat(List.of("\u001b[2Jx", "a\nb", "a\u202eb", "\u0007"))
        .extracting(text -> Cell.of(text).text())
        .containsExactly("\ufffd[2Jx", "a\ufffdb", "a\ufffdb", "\ufffd");
  }

  @Property
  void cell_anyText_keepsItsLengthAndHasNoControls(@ForAll String text) {
    String shown = Cell.of(text).text();

    assertThat(shown.codePoints().noneMatch(Character::isISOControl)).isTrue();
    assertThat(shown.codePointCount(0, shown.length()))
        .isEqualTo(text.codePointCount(0, text.length()));
  }
}
