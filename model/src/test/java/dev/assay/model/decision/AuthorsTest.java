package dev.assay.model.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.Source;
import org.junit.jupiter.api.Test;

class AuthorsTest {
  @Test
  void of_eachRecordedName_isNamedWithItsSystem() {
    var run = new RunBuilder(new Source("mlflow", "x"), "r");
    assertThat(Authors.of(run.build())).isEmpty();
    assertThat(Authors.of(run.author("alice").build())).containsExactly("mlflow:alice");
    assertThat(
            Authors.of(
                run.tag("git.author", "Alice")
                    .tag("git.author.email", "alice@example.com")
                    .build()))
        .containsExactly("mlflow:alice", "git:Alice", "git:alice@example.com");
  }
}
