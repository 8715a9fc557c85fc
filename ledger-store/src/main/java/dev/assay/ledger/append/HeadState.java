package dev.assay.ledger.append;

/**
 * The head row as read under its lock.
 *
 * @param size number of entries
 * @param chainHash 32 bytes
 * @param edge the tree's right edge
 * @param recorded time for the next entries: the database's clock under the lock, and never before
 *     the last entry's; microseconds since 1970
 */
record HeadState(long size, byte[] chainHash, byte[] edge, long recorded) {}
