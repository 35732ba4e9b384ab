/** Pages and plots, and the goals they are held against. */
@NullMarked
package io.tollgate.bench.report;

import org.jspecify.annotations.NullMarked;
