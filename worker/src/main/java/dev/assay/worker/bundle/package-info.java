/**
 * Bundles: what an auditor needs of one run or one workflow, in a zip file that is checked without
 * a server. Bytes: docs/formats/bundle.md.
 */
@NullMarked
package dev.assay.worker.bundle;

import org.jspecify.annotations.NullMarked;
