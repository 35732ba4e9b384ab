/** What is said to a question, in no protocol's words. */
@NullMarked
package io.tollgate.sandbox.internal.content;

import org.jspecify.annotations.NullMarked;
