@NullMarked
package io.tollgate.edge.sync;

import org.jspecify.annotations.NullMarked;
