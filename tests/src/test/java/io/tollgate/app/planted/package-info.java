/** Planted for a test: code that breaks the picture of the house. */
@NullMarked
package io.tollgate.app.planted;

import org.jspecify.annotations.NullMarked;
