/** What is signed: in-toto statements, read strictly. */
@NullMarked
package dev.assay.model.statement;

import org.jspecify.annotations.NullMarked;
