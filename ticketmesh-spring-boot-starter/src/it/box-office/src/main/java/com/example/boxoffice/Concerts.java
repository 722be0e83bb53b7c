package com.example.boxoffice;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface Concerts extends JpaRepository<Concert, Long> {
    List<Concert> findBySeatsGreaterThanOrderByBand(int seats);
}
