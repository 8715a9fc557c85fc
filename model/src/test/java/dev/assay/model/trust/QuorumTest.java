package dev.assay.model.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.trust.Quorum.Seated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuorumTest {
  private static final String[] ROLES = {"owner", "risk", "safety"};

  @Test
  void missing_nothingRequired_isMet() {
    assertThat(quorum(Map.of()).missing(List.of())).isEmpty();
  }

  @Test
  void missing_oneOfTwo_namesTheRole() {
    assertThat(quorum(Map.of("risk", 2)).missing(List.of(seated("a", "risk"))))
        .containsExactly(Map.entry("risk", 1));
  }

  @Test
  void missing_samePersonTwice_countsOnce() {
    assertThat(quorum(Map.of("risk", 2)).missing(List.of(seated("a", "risk"), seated("a", "risk"))))
        .containsExactly(Map.entry("risk", 1));
  }

  @Test
  void missing_onePersonOfTwoRoles_takesOneSeat() {
    assertThat(quorum(Map.of("risk", 1, "owner", 1)).missing(List.of(seated("a", "risk", "owner"))))
        .hasSize(1);
  }

  /** Whoever is flexible makes room: taken in order of arrival, b would find no seat. */
  @Test
  void missing_flexiblePersonFirst_makesRoom() {
    assertThat(
            quorum(Map.of("risk", 1, "owner", 1))
                .missing(List.of(seated("a", "risk", "owner"), seated("b", "owner"))))
        .isEmpty();
  }

  @Test
  void missing_otherRoles_takeNoSeat() {
    assertThat(quorum(Map.of("risk", 1)).missing(List.of(seated("a", "legal"))))
        .containsExactly(Map.entry("risk", 1));
  }

  /** Against Hall's theorem: all seats can be taken if each set of roles finds people enough. */
  @Property(tries = 2000)
  void missing_anyPeople_isMetExactlyWhereHallSays(
      @ForAll @Size(max = 7) List<@IntRange(max = 7) Integer> people,
      @ForAll @Size(3) List<@IntRange(max = 3) Integer> counts) {
    SortedMap<String, Integer> required = new TreeMap<>();
    for (int i = 0; i < ROLES.length; i++) {
      if (counts.get(i) > 0) {
        required.put(ROLES[i], counts.get(i));
      }
    }
    List<Seated> signed = new ArrayList<>();
    for (int bits : people) {
      signed.add(new Seated("p" + signed.size(), roles(bits)));
    }

    boolean met = true;
    for (int subset = 1; subset < 8; subset++) {
      Set<String> some = roles(subset);
      int seats =
          required.entrySet().stream()
              .filter(role -> some.contains(role.getKey()))
              .mapToInt(Map.Entry::getValue)
              .sum();
      long able =
          signed.stream()
              .filter(person -> person.roles().stream().anyMatch(some::contains))
              .count();
      met &= able >= seats;
    }
    assertThat(new Quorum(required).missing(signed).isEmpty()).isEqualTo(met);
    assertThat(new Quorum(required).missing(signed.reversed()).isEmpty()).isEqualTo(met);
  }

  private static Set<String> roles(int bits) {
    Set<String> roles = new java.util.TreeSet<>();
    for (int i = 0; i < ROLES.length; i++) {
      if ((bits & 1 << i) != 0) {
        roles.add(ROLES[i]);
      }
    }
    return roles;
  }

  private static Quorum quorum(Map<String, Integer> required) {
    return new Quorum(new TreeMap<>(required));
  }

  private static Seated seated(String person, String... roles) {
    return new Seated(person, Set.of(roles));
  }
}
