@NullMarked
package io.tollgate.web.internal;

import org.jspecify.annotations.NullMarked;
