package io.ticketmesh.disk

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Kotlin compiles this only while it can see that the port knows no null. */
class DiskInKotlinTest {
    @Test
    fun namesArriveWithoutNullChecks() {
        val disk: Disk = DiskOfNames("b", "a")

        val lengths: List<Int> = disk.list().map { name -> name.length }

        assertThat(lengths).containsExactly(1, 1)
    }

    /** Overrides with types that admit no null; a nullable port would refuse them. */
    private class DiskOfNames(private vararg val names: String) : Disk {
        override fun list(): List<String> = names.sorted()

        override fun exists(name: String): Boolean = name in names

        override fun open(name: String): DiskFile = throw UnsupportedOperationException(name)

        override fun delete(name: String): Unit = throw UnsupportedOperationException(name)

        override fun rename(from: String, to: String): Unit = throw UnsupportedOperationException(from)

        override fun forceDirectory() = Unit
    }
}
