/** Training runs as the record tells them, their identity and digest. */
@NullMarked
package dev.assay.model.run;

import org.jspecify.annotations.NullMarked;
