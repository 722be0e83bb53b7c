package com.example.boxoffice;

import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/concerts")
class ConcertApi {
    record ConcertForm(String band, int seats) {
        ConcertForm {
            if (seats < 0) {
                throw new IllegalArgumentException("seats must not be negative");
            }
        }
    }

    private final Concerts concerts;

    ConcertApi(Concerts concerts) {
        this.concerts = concerts;
    }

    @GetMapping
    List<Concert> all() {
        return concerts.findAll();
    }

    @GetMapping("/{id}")
    Concert one(@PathVariable Long id) {
        return concerts.findById(id).orElseThrow(() -> new NoSuchElementException("no concert " + id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Concert create(@RequestBody ConcertForm form) {
        return concerts.save(new Concert(form.band(), form.seats()));
    }

    @PutMapping("/{id}")
    Concert change(@PathVariable Long id, @RequestBody ConcertForm form) {
        Concert concert = one(id);
        concert.setBand(form.band());
        concert.setSeats(form.seats());
        return concerts.save(concert);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable Long id) {
        concerts.delete(one(id));
    }
}
