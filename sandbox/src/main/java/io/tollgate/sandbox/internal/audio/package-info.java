/** Speech from text, and text from speech. */
@NullMarked
package io.tollgate.sandbox.internal.audio;

import org.jspecify.annotations.NullMarked;
