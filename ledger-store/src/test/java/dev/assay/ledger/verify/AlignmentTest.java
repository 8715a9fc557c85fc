package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  private static final long NONE = Origins.NONE;

  @Test
  void align_inPlace_findsNothing() {
    assertThat(align(5, 0, 1, 2, 3, 4).keepsPlaces()).isTrue();
    assertThat(align(5, 0, 1, 2, 3, 4).edited()).isEmpty();
  }

  @Test
  void align_strangerAtAPlace_isAnEdit() {
    assertThat(align(4, 0, NONE, 2, 3).edited()).containsExactly(1L);
  }

  @Test
  void align_strangerBetweenPlaces_isAnInsertion() {
    assertThat(align(3, 0, NONE, 1, 2).inserted()).containsExactly(1);
  }

  @Test
  void align_placeWithoutRow_isADeletion() {
    assertThat(align(5, 0, 1, 4).deleted()).containsExactly(2L, 3L);
  }

  @Test
  void align_swapped_areMoved() {
    Alignment alignment = align(6, 0, 4, 2, 3, 1, 5);
    assertThat(alignment.moved()).containsExactly(1, 4);
    assertThat(alignment.edited()).isEmpty();
    assertThat(alignment.deleted()).isEmpty();
  }

  @Test
  void align_sameOriginTwice_isADuplicate() {
    Alignment alignment = align(4, 0, 1, 2, 3, 1);
    assertThat(alignment.duplicated()).containsExactly(4);
    assertThat(alignment.moved()).isEmpty();
  }

  private static Alignment align(long places, long... origins) {
    return new Alignment(origins, LongStream.range(0, origins.length).toArray(), 0, places);
  }
}
