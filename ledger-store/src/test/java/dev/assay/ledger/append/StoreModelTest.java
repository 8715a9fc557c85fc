package dev.assay.ledger.append;

import dev.assay.ledger.LedgerDatabase;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** Any order of what callers do and what befalls them, against a model. */
class StoreModelTest {
  private static LedgerDatabase database;

  @BeforeContainer
  static void open() {
    database = new LedgerDatabase();
  }

  @AfterContainer
  static void close() {
    database.close();
  }

  /** The same ones at each build. */
  @Property(tries = 8, seed = "20261123", shrinking = ShrinkingMode.OFF)
  void store_knownOrders_isAsTheModel(@ForAll("chains") ActionChain<ModelledStore> chain) {
    chain.run().finish();
  }

  /** Others at each build; a failure tells its seed. */
  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void store_otherOrders_isAsTheModel(@ForAll("chains") ActionChain<ModelledStore> chain) {
    chain.run().finish();
  }

  @Provide
  Arbitrary<ActionChain<ModelledStore>> chains() {
    Arbitrary<Integer> who = Arbitraries.integers().between(0, 1);
    Arbitrary<Integer> key = Arbitraries.integers().between(0, 59);
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 12);
    return ActionChain.startWith(() -> new ModelledStore(database))
        .withAction(
            8,
            does(
                Combinators.combine(who, key, few)
                    .as(
                        (w, k, n) ->
                            step(
                                "append %d from %d by %d".formatted(n, k, w),
                                s -> s.append(w, k, n)))))
        .withAction(
            1,
            does(
                Combinators.combine(who, Arbitraries.integers().between(1, 9))
                    .as(
                        (w, k) ->
                            step("append 600 in bulk by " + w, s -> s.append(w, k * 1_000, 600)))))
        .withAction(
            4,
            does(
                Combinators.combine(key, few, Arbitraries.of(true, false))
                    .as(
                        (k, n, killed) ->
                            step(
                                "burst of %d from %d, killed: %s".formatted(n, k, killed),
                                s -> s.burst(k, n, killed)))))
        .withAction(
            3,
            does(
                Combinators.combine(who, key, Arbitraries.of("FAIL", "WARN"))
                    .as(
                        (w, k, other) ->
                            step(
                                "conflict on %d by %d".formatted(k, w),
                                s -> s.conflict(w, k, other)))))
        .withAction(
            2,
            does(
                Combinators.combine(who, key, few)
                    .as(
                        (w, k, n) ->
                            step(
                                "crash of %d with %d from %d".formatted(w, n, k),
                                s -> s.crash(w, k, n)))))
        .withAction(2, does(who.map(w -> step("close and reopen " + w, s -> s.close(w)))))
        .withAction(
            1, does(Arbitraries.just(step("restart of the server", ModelledStore::restart))))
        .withMaxTransformations(25);
  }

  private static Transformer<ModelledStore> step(String name, Consumer<ModelledStore> what) {
    return Transformer.mutate(
        name,
        store -> {
          what.accept(store);
          store.check();
        });
  }

  private static Action.Independent<ModelledStore> does(
      Arbitrary<Transformer<ModelledStore>> steps) {
    return () -> steps;
  }
}
