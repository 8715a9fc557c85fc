/**
 * Commands about the documents that people write: policies and their schemas. They need no stack.
 */
@NullMarked
package dev.assay.cli.document;

import org.jspecify.annotations.NullMarked;
