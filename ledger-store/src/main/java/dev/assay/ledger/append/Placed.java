package dev.assay.ledger.append;

import dev.assay.ledger.Receipt;
import dev.assay.ledger.entry.EntryBytes;

/** An entry with its place and hashes, ready to be inserted. */
record Placed(EntryBytes entry, byte[] leafHash, byte[] chainHash, Receipt receipt) {}
