/** Work that ends some time after it was asked for, also by the next process. */
@NullMarked
package io.tollgate.sandbox.internal.jobs;

import org.jspecify.annotations.NullMarked;
