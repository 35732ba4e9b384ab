@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
