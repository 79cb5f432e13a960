// Plans of the funds that are a kind or level of another one (F120–F196): same columns as in fund-plan.ts. Kinds begin
// this year where the whole fund was paid under one name before.

export const MORE_FUND_LINES = `F120|P39|420,440,460|3.8|head|month|1-3|2-2
F121|P39|300,310,320|7.6|head|month|1-4|2-2
F122|P39|180,190,200|6.8|head|month|1-4|2-2
F123|P39|600,620,640|0.5|head|month|1-2|2-2
F124|P39|440,450,460|0.8|head|month|1-3|2-2
F125|P39|260,270,280|0.8|head|month|1-3|2-2
F126|P40|560,590,620|3|old60|month|1-1|2-2
F127|P40|880,920,960|1.4|old60|month|1-1|2-2
F128|P40|1250,1300,1350|1|old60|month|1-1|2-2
F129|P44|60|15.2|old80|month|1-1|2-2
F130|P44|150|3.8|old90|month|1-1|2-2
F131|P44|500|0.4|old100|month|1-1|2-2
F132|P41|1400,1450,1500|0.3|child|month|1-1|2-2
F133|P41|950,1000,1050|0.8|child|month|1-1|2-2
F134|P43|100|3|adult|month|1-1|2-2
F135|P43|85|3|adult|month|1-1|2-2
F136|P42|800|4.6|head|once|1-3
F137|P42|2400|3.8|head|once|1-3
F138|P09|150|15.2|head|year-10|fields 20-60
F139|P04|90|0.5|org|year-8|40-300
F140|P05|120|0.8|org|year-9|50-99
F141|P05|150|0.4|org|year-9|100-260
F142|P07|800|3.8|head|once|1-1
F143|P07|9800|0.6|head|once|1-1
F144|P07|26000|0.2|org|once|1-2
F145|P12|9.6|46|head|year-5|fields 40-90|1-2
F146|P12|6.4|13.7|head|year-3|fields 20-60
F147|P12|16|7.6|head|year-6|2-30
F148|P34|200|3|head|once|woods 10-40
F149|P34|700,800,800|2.3|head|once|woods 5-20
F150|P31|20|19|head|year-10|woods 10-40|2-2
F151|P31|100|27|head|year-10|woods 10-40|2-2
F152|P20|800|10.6|head|year-9|1-4|2-2
F153|P20|1000|9.1|head|year-9|1-3|2-2
F154|P15|1500|4.6|head|once|1-1
F155|P14|50000|0.2|org|once|1-1
F156|P14|50000|0.2|org|once|1-1
F157|P21|1500|4.6|teen|term|1-1|2-2
F158|P21|1500|3.8|teen|term|1-1|2-2
F159|P23|200|23|adult|year-10|1-1|2-2
F160|P23|400|38|adult|year-10|1-1|2-2
F161|P24|800|2.3|adult|month|1-1|2-2
F162|P24|800|1.5|adult|month|1-1|2-2
F163|P54|1300|1.5|adult|once|1-1
F164|P54|1800|1.4|adult|once|1-1
F165|P53|100|6.1|adult|year-12|1-1
F166|P53|100|1.5|adult|year-12|1-1
F167|P52|200|9.1|adult|year-2|1-1|2-2
F168|P52|400|1.5|adult|year-2|1-1|2-2
F169|P48|14000|0.5|head|year-7|1-1
F170|P57|8000|1.4|head|once|1-1|2-2
F171|P57|26000|1|head|once|1-1|2-2
F172|P55|1500|3|teen|term|1-1|2-2
F173|P55|1000|3|teen|term|1-1|2-2
F174|P59|120|19.8|head|year-1|1-5|2-2
F175|P59|180|10.6|head|year-1|1-4|2-2
F176|P61|0|0|project|once|1-1
F177|P61|0|0|project|once|1-1
F178|P61|0|0|project|once|1-1
F179|P38|0|0|project|once|1-1
F180|P38|0|0|project|once|1-1
F181|P38|0|0|project|once|1-1
F182|P38|0|0|project|once|1-1
F183|P38|0|0|project|once|1-1
F184|P18|0|0|project|once|1-1
F185|P18|0|0|project|once|1-1
F186|P18|0|0|project|once|1-1
F187|P18|0|0|project|once|1-1
F188|P27|0|0|project|once|1-1
F189|P27|0|0|project|once|1-1
F190|P27|0|0|project|once|1-1
F191|P17|0|0|project|once|1-1
F192|P28|0|0|project|once|1-1
F193|P36|0|0|project|once|1-1
F194|P36|0|0|project|once|1-1
F195|P27|0|0|project|once|1-1
F196|P58|0|0|project|once|1-1
`
