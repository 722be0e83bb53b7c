package com.example.hostile;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the application answers itself, with and without tickets in it. */
@RestController
class OwnPages {
    record Note(String noteTitle, String leftOut) {}

    @GetMapping("/own/note")
    Note note() {
        return new Note("buy milk", null);
    }

    @PostMapping("/own/note")
    Note note(@RequestBody Note note) {
        return new Note(note.noteTitle() + ", twice", note.leftOut());
    }

    @GetMapping("/own/failure")
    Note failure() {
        throw new IllegalStateException("on purpose");
    }

    @GetMapping("/{page}")
    Note any(@PathVariable String page) {
        return new Note(page, null);
    }
}
