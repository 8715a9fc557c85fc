package dev.assay.ledger;

import dev.assay.model.digest.Sha256;
import java.time.Instant;

/**
 * An entry is on record, durably. A repeated append returns an equal receipt.
 *
 * @param index its place, from 0
 * @param leafHash its leaf in the tree
 * @param size the smallest tree that covers it: index + 1
 * @param recorded the database's clock when it was committed, in microseconds
 */
public record Receipt(long index, Sha256 leafHash, long size, Instant recorded) {}
