package dev.assay.model.cel;

/** What an expression says about a run. */
public sealed interface Answer {
  /** It holds or it doesn't. */
  record Decided(boolean holds) implements Answer {}

  /** It could not be evaluated: something it reads is missing, or a bound was met. */
  record Undecided(String why) implements Answer {}
}
