/**
 * What the database knows of processes and their meter logs: which there are, how far each is
 * settled, what becomes of one whose process has ended, and what is imported of it.
 */
@NullMarked
package io.tollgate.metering.internal.database.register;

import org.jspecify.annotations.NullMarked;
