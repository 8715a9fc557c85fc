package dev.assay.model.trust;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many people of which role it takes. A role that needs k people has k seats. A person takes
 * one seat, of any one of their roles: somebody with two roles doesn't count for both. The quorum
 * is met when all seats can be taken at once; who takes which is found by matching (augmenting
 * paths, H. W. Kuhn, "The Hungarian method for the assignment problem", 1955), so that no order of
 * arrival keeps people out who would do.
 *
 * @param required seats by role; with none, nobody needs to sign
 */
public record Quorum(SortedMap<String, Integer> required) {
  public Quorum {
    required = Collections.unmodifiableSortedMap(new TreeMap<>(required));
  }

  /** A person who signed, with the roles they had then. */
  public record Seated(String person, Set<String> roles) {
    public Seated {
      roles = Set.copyOf(roles);
    }
  }

  /** The roles of a person that have seats here, sorted. */
  public List<String> seatsFor(Collection<String> roles) {
    return required.keySet().stream().filter(roles::contains).toList();
  }

  /**
   * Seats that stay empty, by role; empty if the quorum is met.
   *
   * @param signed of a person that stands in it twice, the last counts
   */
  public SortedMap<String, Integer> missing(Collection<Seated> signed) {
    Map<String, Set<String>> people = new TreeMap<>();
    signed.forEach(one -> people.put(one.person(), one.roles()));
    List<Seat> seats = new ArrayList<>();
    required.forEach(
        (role, count) -> {
          for (int i = 0; i < count; i++) {
            seats.add(new Seat(role, i));
          }
        });
    Map<Seat, String> taken = new LinkedHashMap<>();
    for (String person : people.keySet()) {
      seat(person, people, seats, taken, new HashSet<>());
    }
    SortedMap<String, Integer> missing = new TreeMap<>();
    for (Seat seat : seats) {
      if (!taken.containsKey(seat)) {
        missing.merge(seat.role(), 1, Integer::sum);
      }
    }
    return missing;
  }

  private record Seat(String role, int number) {}

  /** Whether the person got a seat; others may have moved to other seats of theirs for it. */
  private static boolean seat(
      String person,
      Map<String, Set<String>> people,
      List<Seat> seats,
      Map<Seat, String> taken,
      Set<Seat> tried) {
    for (Seat seat : seats) {
      if (people.getOrDefault(person, Set.of()).contains(seat.role()) && tried.add(seat)) {
        Optional<String> holder = Optional.ofNullable(taken.get(seat));
        if (holder.isEmpty() || seat(holder.get(), people, seats, taken, tried)) {
          taken.put(seat, person);
          return true;
        }
      }
    }
    return false;
  }
}
