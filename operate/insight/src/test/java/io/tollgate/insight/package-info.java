@NullMarked
package io.tollgate.insight;

import org.jspecify.annotations.NullMarked;
