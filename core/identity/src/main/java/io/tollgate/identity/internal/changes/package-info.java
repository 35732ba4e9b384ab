@NullMarked
package io.tollgate.identity.internal.changes;

import org.jspecify.annotations.NullMarked;
