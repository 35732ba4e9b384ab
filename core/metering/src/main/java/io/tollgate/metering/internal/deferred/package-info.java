/**
 * Requests whose result comes long after they were answered: their money is held in the books until
 * somebody says how they ended.
 */
@NullMarked
package io.tollgate.metering.internal.deferred;

import org.jspecify.annotations.NullMarked;
