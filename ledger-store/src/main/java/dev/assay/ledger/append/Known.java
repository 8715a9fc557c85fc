package dev.assay.ledger.append;

import dev.assay.ledger.Receipt;
import dev.assay.model.digest.Sha256;

/** What is on record under a key. */
record Known(Receipt receipt, Sha256 contentDigest) {}
