@NullMarked
package io.tollgate.bench.report;

import org.jspecify.annotations.NullMarked;
