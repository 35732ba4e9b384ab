/** How transactions, migrations, outbox and jobs are done. Closed to other modules. */
@NullMarked
package io.tollgate.data.internal;

import org.jspecify.annotations.NullMarked;
