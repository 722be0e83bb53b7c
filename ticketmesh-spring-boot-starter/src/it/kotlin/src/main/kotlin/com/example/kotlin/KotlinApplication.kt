package com.example.kotlin

import io.ticketmesh.TicketMesh
import io.ticketmesh.ticket.Priority
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RestController

@SpringBootApplication(proxyBeanMethods = false)
class KotlinApplication

fun main(args: Array<String>) {
    runApplication<KotlinApplication>(*args)
}

data class Alarm(val machine: String, val urgent: Boolean)

data class Answer(val key: String, val title: String, val assignee: String?)

@RestController
class Alarms(private val mesh: TicketMesh) {
    @PostMapping("/own/alarms")
    fun raise(@RequestBody alarm: Alarm): String {
        val tickets = mesh.tickets("alarms")
        val ticket = tickets.create("${alarm.machine} stands still") {
            it.tag("alarm")
            if (alarm.urgent) it.priority(Priority.URGENT)
        }
        return ticket.key().toString()
    }

    @GetMapping("/own/alarms/{key}")
    fun show(@PathVariable key: String): Answer? =
        mesh.tickets().find(key)?.let { Answer(it.key().toString(), it.title(), it.assignee()) }
}
