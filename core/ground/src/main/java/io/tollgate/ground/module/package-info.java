/**
 * How a bounded context presents itself to the program: one entry that says what it is called, what
 * can be set and how it is opened, and what it offers then. The composition root goes through a
 * list of entries and knows nothing else of a context.
 */
@NullMarked
package io.tollgate.ground.module;

import org.jspecify.annotations.NullMarked;
