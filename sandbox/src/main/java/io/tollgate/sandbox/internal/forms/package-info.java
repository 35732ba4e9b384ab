/** Requests that are forms of several parts. */
@NullMarked
package io.tollgate.sandbox.internal.forms;

import org.jspecify.annotations.NullMarked;
