/**
 * The program that is measured, run as a process of its own, and what is seen of it from outside.
 */
@NullMarked
package io.tollgate.bench.program;

import org.jspecify.annotations.NullMarked;
