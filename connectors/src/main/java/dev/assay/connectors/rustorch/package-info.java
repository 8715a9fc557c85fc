/** Run directories that the rustorch trainer leaves. */
@NullMarked
package dev.assay.connectors.rustorch;

import org.jspecify.annotations.NullMarked;
