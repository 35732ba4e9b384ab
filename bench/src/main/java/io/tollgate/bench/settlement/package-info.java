/** P5: charges brought into the books, beside bare inserts and one transaction per charge. */
@NullMarked
package io.tollgate.bench.settlement;

import org.jspecify.annotations.NullMarked;
