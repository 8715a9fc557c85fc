package dev.assay.model.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.decision.Ruling.Accepted;
import dev.assay.model.decision.Ruling.Refused;
import dev.assay.model.digest.Sha256;
import dev.assay.model.trust.Person;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Quorum;
import dev.assay.model.trust.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule, broken alone, and every two of them together. */
class DecisionRulesTest {
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(1));
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(20));

  private static final PublicKey ALICE = key(1);
  private static final PublicKey ALICES_OTHER = key(2);
  private static final PublicKey BOB = key(3);
  private static final PublicKey CAROL = key(4);
  private static final PublicKey STRANGER = key(5);

  private static final Trust TRUST =
      new Trust(
          "t",
          List.of(
              new Person("p-a", List.of(ALICE, ALICES_OTHER), List.of("risk"), List.of()),
              new Person("p-b", List.of(BOB), List.of("risk", "owner"), List.of("mlflow:bob")),
              new Person("p-c", List.of(CAROL), List.of("legal"), List.of("git:c@example.org")),
              new Person("p-author", List.of(), List.of(), List.of("mlflow:ann"))),
          List.of(),
          new TreeMap<>(Map.of("owner", 1)));

  private static final Quorum TWO_OF_RISK = new Quorum(new TreeMap<>(Map.of("risk", 2)));

  private static final Proposal WAIVER =
      new Proposal(
          "assay/main/1",
          "case/c-1",
          new Sha256("a".repeat(64)),
          3,
          DecisionAction.WAIVE,
          Optional.of(UNTIL),
          TWO_OF_RISK,
          true,
          List.of("mlflow:ann"));

  /** A decision, and what it is ruled on with; each {@link Break} breaks one rule. */
  private record Attempt(
      PublicKey key,
      DecisionStatement decision,
      Optional<Proposal> pending,
      Set<PublicKey> revoked,
      List<Accepted> before,
      Instant now) {
    Ruling rule() {
      return new DecisionRules(TRUST, revoked).rule(key, decision, pending, before, now);
    }
  }

  private static final Attempt GOOD =
      new Attempt(
          ALICE, WAIVER.decision(true, LATER), Optional.of(WAIVER), Set.of(), List.of(), NOW);

  /** In the order in which rules are looked at. */
  private enum Break {
    NOT_TRUSTED_KEY {
      @Override
      Attempt of(Attempt a) {
        return new Attempt(STRANGER, a.decision, a.pending, a.revoked, a.before, a.now);
      }
    },
    REVOKED_KEY {
      @Override
      Attempt of(Attempt a) {
        return new Attempt(
            a.key, a.decision, a.pending, Set.of(ALICE, BOB, CAROL), a.before, a.now);
      }
    },
    NOTHING_PENDING {
      @Override
      Attempt of(Attempt a) {
        return new Attempt(a.key, a.decision, Optional.empty(), a.revoked, a.before, a.now);
      }
    },
    OTHER_LEDGER {
      @Override
      Attempt of(Attempt a) {
        DecisionStatement d = a.decision;
        return signed(
            a,
            new DecisionStatement(
                "assay/main/2",
                d.subject(),
                d.digest(),
                d.ordinal(),
                d.action(),
                d.approve(),
                d.until(),
                d.expires()));
      }
    },
    OTHER_SUBJECT {
      @Override
      Attempt of(Attempt a) {
        DecisionStatement d = a.decision;
        return signed(
            a,
            new DecisionStatement(
                d.ledger(),
                "case/c-2",
                d.digest(),
                d.ordinal(),
                d.action(),
                d.approve(),
                d.until(),
                d.expires()));
      }
    },
    OTHER_DIGEST {
      @Override
      Attempt of(Attempt a) {
        DecisionStatement d = a.decision;
        return signed(
            a,
            new DecisionStatement(
                d.ledger(),
                d.subject(),
                new Sha256("b".repeat(64)),
                d.ordinal(),
                d.action(),
                d.approve(),
                d.until(),
                d.expires()));
      }
    },
    OTHER_ORDINAL {
      @Override
      Attempt of(Attempt a) {
        DecisionStatement d = a.decision;
        return signed(
            a,
            new DecisionStatement(
                d.ledger(),
                d.subject(),
                d.digest(),
                d.ordinal() - 1,
                d.action(),
                d.approve(),
                d.until(),
                d.expires()));
      }
    },
    OTHER_ACTION {
      @Override
      Attempt of(Attempt a) {
        DecisionStatement d = a.decision;
        return signed(
            a,
            new DecisionStatement(
                d.ledger(),
                d.subject(),
                d.digest(),
                d.ordinal(),
                DecisionAction.RELEASE,
                d.approve(),
                Optional.empty(),
                d.expires()));
      }
    },
    EXPIRED {
      @Override
      Attempt of(Attempt a) {
        return new Attempt(a.key, a.decision, a.pending, a.revoked, a.before, a.decision.expires());
      }
    },
    NO_ROLE {
      @Override
      Attempt of(Attempt a) {
        return new Attempt(
            a.key.equals(ALICE) ? CAROL : a.key, a.decision, a.pending, a.revoked, a.before, a.now);
      }
    },
    ALREADY_DECIDED {
      @Override
      Attempt of(Attempt a) {
        return new Attempt(
            a.key,
            a.decision,
            a.pending,
            a.revoked,
            List.of(
                new Accepted("p-a", List.of("risk"), ALICES_OTHER, true),
                new Accepted("p-b", List.of("risk"), BOB, true)),
            a.now);
      }
    },
    AUTHOR {
      @Override
      Attempt of(Attempt a) {
        return authors(
            new Attempt(
                a.key.equals(ALICE) ? BOB : a.key,
                a.decision,
                a.pending,
                a.revoked,
                a.before,
                a.now),
            List.of("mlflow:bob", "mlflow:nobody"));
      }
    },
    AUTHOR_UNKNOWN {
      @Override
      Attempt of(Attempt a) {
        return a.pending.map(p -> p.authors().contains("mlflow:bob")).orElse(true)
            ? a
            : authors(a, List.of("mlflow:ann", "git:nobody@example.org"));
      }
    };

    abstract Attempt of(Attempt good);
  }

  static Stream<Break> breaks() {
    return Stream.of(Break.values());
  }

  static Stream<Arguments> pairs() {
    return breaks().flatMap(one -> breaks().map(other -> Arguments.of(one, other)));
  }

  @Test
  void breaks_areAllRefusals() {
    assertThat(breaks().map(Enum::name))
        .containsExactly(Stream.of(Refusal.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void rule_nothingBroken_accepts() {
    assertThat(GOOD.rule()).isEqualTo(new Accepted("p-a", List.of("risk"), ALICE, true));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void rule_oneBroken_namesIt(Break broken) {
    assertThat(broken.of(GOOD).rule())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.refusal().name()).isEqualTo(broken.name());
              assertThat(refused.text()).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void rule_twoBroken_namesTheFirst(Break one, Break other) {
    Break first = one.compareTo(other) <= 0 ? one : other;
    Break second = one.compareTo(other) <= 0 ? other : one;
    assertThat(second.of(first.of(GOOD)).rule())
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().name()).isEqualTo(first.name()));
  }

  @Test
  void rule_secondKeyOfWhoDecided_isRefused() {
    Attempt again =
        new Attempt(
            ALICES_OTHER,
            GOOD.decision,
            GOOD.pending,
            Set.of(),
            List.of((Accepted) GOOD.rule()),
            NOW);
    assertThat(refusal(again)).isEqualTo(Refusal.ALREADY_DECIDED);
  }

  @Test
  void rule_waiverUntilAnotherTime_isAnotherAction() {
    DecisionStatement longer =
        new DecisionStatement(
            WAIVER.ledger(),
            WAIVER.subject(),
            WAIVER.digest(),
            WAIVER.ordinal(),
            WAIVER.action(),
            true,
            Optional.of(UNTIL.plusSeconds(1)),
            LATER);
    assertThat(refusal(signed(GOOD, longer))).isEqualTo(Refusal.OTHER_ACTION);
  }

  @Test
  void rule_noAuthorInTheRecord_isUnknown() {
    assertThat(refusal(authors(GOOD, List.of()))).isEqualTo(Refusal.AUTHOR_UNKNOWN);
  }

  /** Somebody may always stop what lets a run through. */
  @Test
  void rule_declineByTheAuthorOrOfUnknown_counts() {
    DecisionStatement no = WAIVER.decision(false, LATER);
    for (List<String> authors : List.of(List.of("mlflow:bob"), List.<String>of())) {
      Attempt declined = authors(signed(Break.AUTHOR.of(GOOD), no), authors);
      assertThat(declined.rule()).isEqualTo(new Accepted("p-b", List.of("risk"), BOB, false));
    }
  }

  @Test
  void rule_policyThatAllowsAuthors_accepts() {
    Proposal lenient =
        new Proposal(
            WAIVER.ledger(),
            WAIVER.subject(),
            WAIVER.digest(),
            WAIVER.ordinal(),
            WAIVER.action(),
            WAIVER.until(),
            WAIVER.quorum(),
            false,
            List.of());
    assertThat(
            new Attempt(ALICE, GOOD.decision, Optional.of(lenient), Set.of(), List.of(), NOW)
                .rule())
        .isInstanceOf(Accepted.class);
  }

  /** Whatever the order, and however often anybody tries: two different people, or none. */
  @Property(tries = 300)
  void rule_anyOrderOfAttempts_needsTwoPeople(@ForAll List<Boolean> second) {
    List<Accepted> before = new ArrayList<>();
    for (boolean other : second) {
      Attempt attempt =
          new Attempt(
              other ? ALICES_OTHER : ALICE, GOOD.decision, GOOD.pending, Set.of(), before, NOW);
      if (attempt.rule() instanceof Accepted accepted) {
        before.add(accepted);
      }
    }
    assertThat(before).hasSize(second.isEmpty() ? 0 : 1);
    assertThat(Standing.of(TWO_OF_RISK, before)).isInstanceOf(Standing.Waiting.class);
    before.add(new Accepted("p-b", List.of("risk"), BOB, true));
    assertThat(Standing.of(TWO_OF_RISK, before) instanceof Standing.Met)
        .isEqualTo(!second.isEmpty());
  }

  @Test
  void standing_oneDecline_outweighsAQuorum() {
    List<Accepted> decisions =
        List.of(
            new Accepted("p-a", List.of("risk"), ALICE, true),
            new Accepted("p-b", List.of("risk"), BOB, true),
            new Accepted("p-c", List.of("risk"), CAROL, false));
    assertThat(Standing.of(TWO_OF_RISK, decisions)).isEqualTo(new Standing.Declined("p-c"));
    assertThat(Standing.of(TWO_OF_RISK, decisions.subList(0, 2))).isEqualTo(new Standing.Met());
    assertThat(Standing.of(TWO_OF_RISK, decisions.subList(0, 1)))
        .isEqualTo(new Standing.Waiting(new TreeMap<>(Map.of("risk", 1))));
  }

  private static Refusal refusal(Attempt attempt) {
    return ((Refused) attempt.rule()).refusal();
  }

  private static Attempt signed(Attempt a, DecisionStatement decision) {
    return new Attempt(a.key, decision, a.pending, a.revoked, a.before, a.now);
  }

  private static Attempt authors(Attempt a, List<String> authors) {
    return new Attempt(
        a.key,
        a.decision,
        a.pending.map(
            p ->
                new Proposal(
                    p.ledger(),
                    p.subject(),
                    p.digest(),
                    p.ordinal(),
                    p.action(),
                    p.until(),
                    p.quorum(),
                    p.notAuthor(),
                    authors)),
        a.revoked,
        a.before,
        a.now);
  }

  private static PublicKey key(int number) {
    byte[] raw = new byte[32];
    raw[0] = (byte) number;
    return PublicKey.of(raw);
  }
}
