package dev.assay.model.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "model/**,model/a,true",
    "model/**,model/a/b/c,true",
    "model/**,model,false",
    "model/**,models/a,false",
    "model/*,model/a,true",
    "model/*,model/a/b,false",
    "**/x,x,true",
    "**/x,a/b/x,true",
    "**/x,a/bx,false",
    "a/**/b,a/b,true",
    "a/**/b,a/1/2/b,true",
    "**,a/b,true",
    "a?c,abc,true",
    "a?c,a/c,false",
    "a.c,abc,false",
    "**/*.rtch,epoch_1.rtch,true",
    "**/*.rtch,a/b/epoch_1.rtch,true",
    "**/*.rtch,a/.rtch,true",
    "**/*.rtch,rtch,false",
    "**/*.rtch,/a.rtch,false",
    "**/*.rtch,a//b.rtch,false",
    "**/*.rtch,a.rtch/b,false",
    "**/*,a/b,true",
    "**/*x?,a/xy,true",
    "**/*a/*,b/a/c,true",
    "*.rtch,epoch_1.rtch,true",
    "*.rtch,x/epoch_1.rtch,false"
  })
  void matches_path(String glob, String path, boolean matches) {
    assertThat(Glob.ofPaths(glob).matches(path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "*,eval/loss,true",
    "eval/*,eval/a/b,true",
    "*loss,val_loss,true",
    "*loss,loss_x,false",
    "val.loss,val_loss,false",
    "?,\u20ac,true"
  })
  void matches_name(String glob, String name, boolean matches) {
    assertThat(Glob.ofNames(glob).matches(name)).isEqualTo(matches);
  }

  @Property(tries = 5_000)
  void matches_anyFileOfAnEnding_isWhatThePatternMeans(
      @ForAll @StringLength(max = 8) @Chars({'a', '.', '/', 'r'}) String path) {
    assertThat(Glob.ofPaths("**/*.r").matches(path))
        .isEqualTo(path.matches("(?:[^/]+/)*[^/]*[.]r"));
  }

  @Test
  void matches_lineBreakInAName_isACharacterLikeOthers() {
    assertThat(Glob.ofNames("*").matches("a\nb")).isTrue();
    assertThat(Glob.ofNames("a*b").matches("a\nb")).isTrue();
  }

  @Test
  void matches_hostilePattern_takesLinearTime() {
    assertThat(Glob.ofNames("*a".repeat(100)).matches("a".repeat(20_000) + "b")).isFalse();
  }
}
