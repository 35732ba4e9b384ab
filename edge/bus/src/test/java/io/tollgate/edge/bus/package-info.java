@NullMarked
package io.tollgate.edge.bus;

import org.jspecify.annotations.NullMarked;
