package dev.assay.evidence;

/**
 * Whether a larger tree begins with a smaller one, asked of whoever can read the tree: a signature
 * alone doesn't tell.
 */
@FunctionalInterface
public interface ConsistencyCheck {
  /**
   * Whether a consistency proof holds between both roots.
   *
   * @param before the smaller, of the same origin
   * @param now what the tree is said to have become
   * @throws RuntimeException of the check's own, if the tree can't be read: nothing is known then,
   *     and nothing may be signed or replaced
   */
  boolean isExtended(Checkpoint before, Checkpoint now);
}
