package dev.assay.cli.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void and_answers_goInTheOrder5Then4Then1Then3Then0() {
    List<Integer> order = List.of(5, 4, 1, 3, 0);

    List<ExitCode> answers =
        order.stream()
            .map(number -> ExitCode.byNumber().filter(code -> code.number() == number).findFirst())
            .map(java.util.Optional::orElseThrow)
            .toList();
    for (int i = 0; i < answers.size(); i++) {
      for (int j = i; j < answers.size(); j++) {
        assertThat(answers.get(i).and(answers.get(j))).isEqualTo(answers.get(i));
      }
    }
  }

  @Property
  void and_anyTwo_doesNotDependOnTheOrder(@ForAll ExitCode one, @ForAll ExitCode other) {
    assertThat(one.and(other)).isEqualTo(other.and(one));
  }
}
