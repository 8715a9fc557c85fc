package dev.assay.ledger.verify;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scan of [from, to) found.
 *
 * @param bad where a row, its hashes, its chain link or its absence disagree
 * @param wrongTiles level-0 tiles that the rows don't give; meaningless where {@code bad} isn't
 *     empty
 * @param peaks subtrees of the range; null if a row is missing
 * @param tileRoots roots of the range's full tiles, 32 bytes each
 * @param atWanted for each wanted size within the range its subtrees up to there
 * @param regressed rows recorded before their predecessor
 * @param lastChain stored chain hash of the last row; null if it is missing
 * @param keyHashes one a row
 */
record RangeResult(
    long from,
    long to,
    long rows,
    Intervals bad,
    List<WrongTile> wrongTiles,
    @Nullable Peaks peaks,
    byte[] tileRoots,
    Map<Long, Peaks> atWanted,
    List<Long> regressed,
    byte @Nullable [] lastChain,
    long[] keyHashes) {}
